# The organization's policies from the account up to the root. From a member
# account AWS refuses them, which is written down as well.
$target = $ACCOUNT
while ($target -and $target -ne 'None') {
  foreach ($filter in 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY') {
    $call = @('organizations', 'list-policies-for-target', '--target-id', $target, '--filter', $filter)
    Ask "organizations-list-policies-for-target-$filter-$target" (ConvertTo-Json -Compress (@('aws') + $call)) $call
    foreach ($id in @(& aws @call --query 'Policies[].[Id]' --output text 2>$null) | Where-Object { $_ -and $_ -ne 'None' }) {
      if (Test-Path (Join-Path $dir "organizations-describe-policy-$id.json")) { continue }
      $call2 = @('organizations', 'describe-policy', '--policy-id', $id)
      Ask "organizations-describe-policy-$id" (ConvertTo-Json -Compress (@('aws') + $call2)) $call2
    }
  }
  $target = & aws organizations list-parents --child-id $target --query 'Parents[0].Id' --output text 2>$null
}

