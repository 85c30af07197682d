# The role's permissions: both lists, and each document in its default version.
$name = Plain $ROLE
foreach ($op in 'list-attached-role-policies', 'list-role-policies') {
  Ask "iam-$op-$name" (ConvertTo-Json -Compress @('aws', 'iam', $op, '--role-name', $ROLE)) @('iam', $op, '--role-name', $ROLE)
}
$arns = @(& aws iam list-attached-role-policies --role-name $ROLE --query 'AttachedPolicies[].[PolicyArn]' --output text 2>$null)
$arns += @(& aws iam get-role --role-name $ROLE --query 'Role.PermissionsBoundary.PermissionsBoundaryArn' --output text 2>$null)
foreach ($arn in $arns | Where-Object { $_ -like 'arn:*' }) {
  $version = & aws iam get-policy --policy-arn $arn --query Policy.DefaultVersionId --output text 2>$null
  if (-not $version) { $version = 'v1' }
  $call = @('iam', 'get-policy-version', '--policy-arn', $arn, '--version-id', $version)
  Ask "iam-get-policy-version-$(Plain ($arn -split '/')[-1])" (ConvertTo-Json -Compress (@('aws') + $call)) $call
}
foreach ($policy in @(& aws iam list-role-policies --role-name $ROLE --query 'PolicyNames[].[@]' --output text 2>$null) | Where-Object { $_ -and $_ -ne 'None' }) {
  $call = @('iam', 'get-role-policy', '--role-name', $ROLE, '--policy-name', $policy)
  Ask "iam-get-role-policy-$name-$(Plain $policy)" (ConvertTo-Json -Compress (@('aws') + $call)) $call
}

