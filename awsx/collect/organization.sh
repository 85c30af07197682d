# The organization's policies from the account up to the root. From a member
# account AWS refuses them, which is written down as well.
target=$ACCOUNT
while [ -n "$target" ] && [ "$target" != None ]; do
  for filter in SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY; do
    ask "organizations-list-policies-for-target-$filter-$target" \
      "[\"aws\",\"organizations\",\"list-policies-for-target\",\"--target-id\",\"$target\",\"--filter\",\"$filter\"]" \
      organizations list-policies-for-target --target-id "$target" --filter "$filter"
    for id in $(aws organizations list-policies-for-target --target-id "$target" --filter "$filter" --query 'Policies[].Id' --output text 2>/dev/null); do
      [ "$id" = None ] || [ -e "$dir/organizations-describe-policy-$id.json" ] || ask "organizations-describe-policy-$id" \
        "[\"aws\",\"organizations\",\"describe-policy\",\"--policy-id\",\"$id\"]" organizations describe-policy --policy-id "$id"
    done
  done
  target=$(aws organizations list-parents --child-id "$target" --query 'Parents[0].Id' --output text 2>/dev/null) || target=
done

