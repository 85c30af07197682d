package emulator

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/account"
	"github.com/aws/aws-sdk-go-v2/service/account/types"

	"example.com/samlens/awsx/emulator/wire"
)

func (s *Server) accountRoutes() {
	s.mux.REST("account", wire.Shape{},
		wire.Route{Pattern: "POST /listRegions", Op: op(s, "ListRegions", s.listRegions)},
		wire.Route{Pattern: "POST /getRegionOptStatus", Op: op(s, "GetRegionOptStatus", s.getRegionOptStatus)},
	)
}

func badAccountInput(m string) error { return &types.ValidationException{Message: aws.String(m)} }

// regions are the world's, or those in which something of it lives.
func (s *Server) regions() []RegionStatus {
	if len(s.world.Regions) > 0 {
		return s.world.Regions
	}
	names := []string{s.world.global(), s.world.Region}
	for _, n := range s.world.Instances {
		names = append(names, n.Region)
	}
	slices.Sort(names)
	var out []RegionStatus
	for _, n := range slices.Compact(names) {
		out = append(out, RegionStatus{n, string(types.RegionOptStatusEnabledByDefault)})
	}
	return out
}

func (s *Server) listRegions(_ context.Context, in *account.ListRegionsInput) (*account.ListRegionsOutput, error) {
	list := []types.Region{}
	for _, r := range s.regions() {
		if st := types.RegionOptStatus(r.Status); len(in.RegionOptStatusContains) == 0 || slices.Contains(in.RegionOptStatusContains, st) {
			list = append(list, types.Region{RegionName: aws.String(r.Name), RegionOptStatus: st})
		}
	}
	p := pager{def: 50, max: 50, tooLarge: badAccountInput, badToken: badAccountInput}
	part, next, err := cut(p, list, in.NextToken, in.MaxResults, in.RegionOptStatusContains)
	return &account.ListRegionsOutput{Regions: part, NextToken: next}, err
}

func (s *Server) getRegionOptStatus(_ context.Context, in *account.GetRegionOptStatusInput) (*account.GetRegionOptStatusOutput, error) {
	for _, r := range s.regions() {
		if r.Name == aws.ToString(in.RegionName) {
			return &account.GetRegionOptStatusOutput{RegionName: in.RegionName, RegionOptStatus: types.RegionOptStatus(r.Status)}, nil
		}
	}
	return nil, badAccountInput("Invalid region name: " + aws.ToString(in.RegionName))
}
