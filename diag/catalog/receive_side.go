package catalog

import "example.com/samlens/diag/rule"

// receiveSide lists the rules on what AWS and Connect hold, by part, each part
// in its order.
func receiveSide() map[part][]*rule.Rule {
	return map[part][]*rule.Rule{}
}
