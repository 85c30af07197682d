package cli

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"example.com/samlens/awsx/emulator"
)

// emulateCommand serves the built-in AWS alone, so that the AWS CLI or a
// browser can talk to it.
func (p *program) emulateCommand() *cobra.Command {
	var world, listen string
	c := &cobra.Command{
		Use: "emulate --world FILE", Short: "Serve the built-in AWS", Args: cobra.NoArgs, Hidden: true,
		RunE: func(c *cobra.Command, _ []string) error { return p.emulate(c.Context(), world, listen) },
	}
	c.Flags().StringVar(&world, "world", "", "what there is in it (JSON)")
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:4599", "the address to serve on")
	_ = c.MarkFlagRequired("world")
	return c
}

func (p *program) emulate(ctx context.Context, world, listen string) error {
	f, err := os.Open(world)
	if err != nil {
		return fmt.Errorf("read the world: %w", err)
	}
	w, err := emulator.Load(f)
	_ = f.Close()
	if err != nil {
		return fmt.Errorf("%s: %w", world, err)
	}
	s, err := emulator.Start(ctx, w, emulator.Options{Addr: listen})
	if err != nil {
		return fmt.Errorf("serve the built-in AWS: %w", err)
	}
	fmt.Fprintf(p.Out, "the built-in AWS listens; let the AWS CLI talk to it by\n  export AWS_ENDPOINT_URL=%s AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=%s\n", s.URL(), w.Region)
	<-ctx.Done()
	return s.Close()
}
