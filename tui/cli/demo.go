package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx"
	"example.com/samlens/diag"
	"example.com/samlens/diag/capture"
	"example.com/samlens/diag/evidence"
	"example.com/samlens/diag/report"
	"example.com/samlens/tui"
	"example.com/samlens/tui/chooser"
	"example.com/samlens/tui/demo"
)

// demoCommand is the game day: incidents to practise on.
func (p *program) demoCommand() *cobra.Command {
	var list, answers bool
	c := &cobra.Command{
		Use:   "demo [INCIDENT]",
		Short: "Open a built-in incident, against the built-in AWS",
		Long: `demo opens an incident of a made-up contact centre: a real capture of a sign-in that the
built-in AWS really judged, looked into by the same code and the same AWS clients as
yours. Without a name it lets you choose. Nothing leaves this machine.`,
		Args: takes(0, 1, "one incident at most"),
		ValidArgsFunction: func(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var out []string
			for _, i := range demo.Incidents() {
				out = append(out, i.ID+"\t"+i.Title)
			}
			return out, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(c *cobra.Command, args []string) error {
			if list || answers {
				return p.listIncidents(answers)
			}
			i, err := p.incident(c.Context(), args)
			if err != nil || i.ID == "" {
				return err
			}
			return p.demo(c.Context(), i)
		},
	}
	c.Flags().BoolVar(&list, "list", false, "name the incidents")
	c.Flags().BoolVar(&answers, "answers", false, "name the incidents and what is wrong in each")
	p.withLook(c)
	p.withSave(c)
	p.withAskSTS(c)
	return c
}

func (p *program) listIncidents(answers bool) error {
	head := []string{"INCIDENT", "WHAT IS TOLD"}
	if answers {
		head = append(head, "CAUSE", "ANSWER")
	}
	var rows [][]string
	for _, i := range demo.Incidents() {
		row := []string{i.ID, i.Title}
		if answers {
			row = append(row, i.Rule, i.Answer)
		}
		rows = append(rows, row)
	}
	return table(p.Out, head, rows)
}

// incident is the one that was named, else the one that is chosen. Where
// nothing can be chosen on, it is the first.
func (p *program) incident(ctx context.Context, args []string) (demo.Incident, error) {
	all := demo.Incidents()
	if len(args) == 1 {
		i, ok := demo.Find(args[0])
		if !ok {
			return i, fmt.Errorf("there is no incident %q; samlens demo --list names them", args[0])
		}
		return i, nil
	}
	if !p.Terminal {
		return all[0], nil
	}
	var items []chooser.Item
	for _, i := range all {
		items = append(items, chooser.Item{Title: i.Title, About: i.Story})
	}
	look := tui.ThemeOn(p.opts.theme, p.look, p.In, p.Out)
	p.opts.theme = look.Name // asked once
	n, err := chooser.Choose(ctx, chooser.Options{
		Title: "samlens demo: game day at Harbour Lane, a contact centre of 500 agents",
		Lead:  "Pick an incident. What you see is really signed, really refused, and really looked into.",
		Items: items, Theme: look, Input: p.In, Output: p.Out,
	})
	if err != nil || n < 0 {
		return demo.Incident{}, err
	}
	return all[n], nil
}

func (p *program) demo(ctx context.Context, i demo.Incident) (err error) {
	if err := errors.Join(p.maySave(), p.mayAskSTS()); err != nil {
		return err
	}
	run, err := i.Start(ctx, p.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, run.Server.Close()) }()
	sources, err := capture.Open(i.ID+".har", bytes.NewReader(run.Capture))
	if err != nil {
		return err
	}
	in := input{how: diag.Options{Now: run.Now}}
	for _, c := range diag.Cases(sources[0], in.how) {
		in.diagnoses = append(in.diagnoses, diag.Diagnose(c))
	}
	api, err := run.AWS(ctx)
	if err != nil {
		return err
	}
	// The incident's clock runs on from its own moment.
	began := p.Now()
	clock := func() time.Time { return run.Now.Add(p.Now().Sub(began)) }
	answers := p.askAll(ctx, in, vantage{clock, func(context.Context, evidence.Case) (awsx.API, error) { return api, nil }})
	if !p.Terminal {
		return p.tellIncident(ctx, in, api, answers)
	}
	run.Slowly()
	o := p.screen(in)
	o.Clock = clock
	o.Hint = "hint: " + i.Hint
	p.asking(&o, api)
	for n := range o.Sessions {
		o.Sessions[n].Name = i.Title
	}
	return p.investigate(ctx, in, o, answers)
}

// tellIncident prints the report on an incident, where nothing can be drawn on.
func (p *program) tellIncident(ctx context.Context, in input, api awsx.API, answers map[int]report.STSAnswer) error {
	last := len(in.diagnoses) - 1
	in.diagnoses[last], _ = p.gather(ctx, api, in.diagnoses[last])
	for i, a := range answers {
		answers[i] = compare(a, in.diagnoses[i])
	}
	in.beside = beside(nil, answers)
	if err := p.saveCase(in.diagnoses); err != nil {
		return err
	}
	p.opts.format = "text"
	return p.write(in, false)
}
