// Package contrast says in what two sign-ins differ as far as it matters to
// AWS: "it works for Alice and not for Bob".
//
// What differs between any two sign-ins is left out: IDs, instants, signature
// values, and whose name it is. Of names the form is compared, of times the
// distances, of signatures the algorithm and the key.
package contrast
