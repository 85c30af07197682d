package roster

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestRead(t *testing.T) {
	for _, x := range []struct {
		name, text string
		want       string // names joined by |
		partial    bool
	}{
		{"list-users", `{"UserSummaryList":[{"Id":"i1","Arn":"arn:aws:connect:us-east-1:1:instance/abc/agent/i1","Username":"jdoe","LastModifiedTime":"2024-03-01T08:00:00+00:00"},{"Username":"J.Doe"}]}`, "jdoe|J.Doe", false},
		{"first page", `{"UserSummaryList":[{"Username":"jdoe"}],"NextToken":"x"}`, "jdoe", true},
		{"two pages", `{"NextToken":"x","UserSummaryList":[{"Username":"a"}]}` + "\n" + `{"UserSummaryList":[{"Username":"b"}],"NextToken":null}`, "a|b", false},
		{"search-users", `{"Users":[{"Id":"i","Username":"jdoe","IdentityInfo":{"FirstName":"J","Email":"j@x.example"},"SecurityProfileIds":["p"]}],"ApproximateTotalCount":1}`, "jdoe", false},
		{"describe-user", `{"User":{"Id":"i","Username":"jdoe"}}`, "jdoe", false},
		{"array", `[{"Username":"a"},{"Username":"b"}]`, "a|b", false},
		{"array of names", `["a","b"]`, "a|b", false},
		{"one user", `{"Id":"i","Username":"a"}`, "a", false},
		{"nobody, and more to come", `{"UserSummaryList":[],"NextToken":"x"}`, "", true},
		{"BOM", "\ufeff" + `{"UserSummaryList":[{"Username":"a"}]}`, "a", false},
		{"cut off", `{"UserSummaryList":[{"Username":"a"},{"Userna`, "a", true},
		{"CSV", "first name,last name,user login,routing profile name\nJ,Doe,jdoe,Basic\nA,B,\"a,b\",Basic\n", "jdoe|a,b", false},
		{"CSV, semicolons", "\"Username\";\"E-Mail\"\r\n\"jdoe\";\"j@x\"\r\n", "jdoe", false},
		{"pages in an array", `[{"UserSummaryList":[{"Username":"a"}],"NextToken":"x"},{"UserSummaryList":[{"Username":"b"}]}]`, "a|b", false},
		{"CLI text", "USERSUMMARYLIST\tarn:aws:connect:us-east-1:1:instance/abc/agent/i1\ti1\tus-east-1\t2024-03-01T08:00:00+00:00\tjdoe\nUSERSUMMARYLIST\tarn:aws:connect:us-east-1:1:instance/abc/agent/i2\ti2\tus-east-1\t2024-03-01T08:00:00+00:00\tJ.Doe\n", "jdoe|J.Doe", false},
		{"CLI text, first page", "USERSUMMARYLIST\tarn:aws:connect:us-east-1:1:instance/abc/agent/i1\ti1\tjdoe\nNEXTTOKEN\tabc\n", "jdoe", true},
		{"CLI text of a search", "2\nUSERS\tarn:aws:connect:us-east-1:1:instance/abc/agent/i1\ti1\tr\tjdoe\nIDENTITYINFO\tJane\tDoe\nSECURITYPROFILEIDS\tp\n", "jdoe", false},
		{"CLI text of one user", "USER\tarn:aws:connect:us-east-1:1:instance/abc/agent/i1\td\ti1\tr\tjdoe\nPHONECONFIG\t0\tFalse\n", "jdoe", true},
		{"CLI text of a query for names", "jdoe\tmgarcia\tJ.Doe\n", "jdoe|mgarcia|J.Doe", false},
		{"CLI text of a query for two columns", "881fdf9e-a4ea-4215-af61-05aa9993f8db\tjdoe\tJane\nd0000000-a4ea-4215-af61-05aa9993f8db\tmgarcia\tMaria\n", "jdoe|mgarcia", false},
		{"CSV of PowerShell", "#TYPE Amazon.Connect.Model.UserSummary\r\n\"Arn\",\"Id\",\"Username\"\r\n\"arn:x\",\"i\",\"jdoe\"\r\n", "jdoe", false},
		{"PowerShell, a property a line", "\r\nArn      : arn:x\r\nId       : i\r\nUsername : jdoe\r\n\r\nArn      : arn:y\r\nUsername : J.Doe\r\n", "jdoe|J.Doe", false},
		{"quoted lines", "\"jdoe\"\n\"mgarcia\"\n", "jdoe|mgarcia", false},
		{"columns without a header", "jdoe,Jane\nmgarcia,Maria\n", "jdoe|mgarcia", false},
		{"lines", "jdoe\r\n\n J.Doe \n", "jdoe| J.Doe ", false},
	} {
		us, partial, err := Read(strings.NewReader(x.text))
		var names []string
		for _, u := range us {
			names = append(names, u.Username)
		}
		if err != nil || strings.Join(names, "|") != x.want || partial != x.partial {
			t.Errorf("%s: %q, partial %v, %v", x.name, names, partial, err)
		}
	}
	us, _, _ := Read(strings.NewReader(`{"UserSummaryList":[{"Id":"i1","Arn":"arn:aws:connect:us-east-1:1:instance/abc/agent/i1","Username":"jdoe","LastModifiedTime":1709280000.5,"LastModifiedRegion":"us-east-1"}]}`))
	if u := us[0]; u.Instance != "abc" || !u.LastModified.Equal(time.Date(2024, 3, 1, 8, 0, 0, 0, time.UTC)) || u.LastRegion != "us-east-1" {
		t.Errorf("%+v", u)
	}
	for _, text := range []string{"", "{}", `{"UserSummaryList":7}`, `{"x":`, "a\x00b\n", "[1,2]",
		"$ aws connect list-users\n{\n  \"UserSummaryList\": []\n}\n", "| Username |\n| jdoe |\n", "UserSummaryList:\n- Username: jdoe\n", "Arn Username\n--- --------\na jdoe\n"} {
		if us, _, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%q: %+v and no error", text, us)
		}
	}
}

func TestLaboratoryUsers(t *testing.T) {
	f, err := os.Open("../../../shared/corpus/captures/world-a/evidence/list-users-page1.json")
	if err != nil {
		t.Skip("the laboratory's evidence is not here")
	}
	defer f.Close()
	us, partial, err := Read(f)
	if err != nil || len(us) == 0 || !partial || us[0].ID == "" {
		t.Errorf("%d users, partial %v, %v", len(us), partial, err)
	}
}
