# The instance's authentication profiles: the list, and each one.
$call = @('connect', 'list-authentication-profiles', '--instance-id', $INSTANCE, '--region', $REGION)
Ask 'connect-list-authentication-profiles' (ConvertTo-Json -Compress (@('aws') + $call)) $call
foreach ($id in @(& aws @call --query 'AuthenticationProfileSummaryList[].[Id]' --output text 2>$null) | Where-Object { $_ -and $_ -ne 'None' }) {
  $call2 = @('connect', 'describe-authentication-profile', '--instance-id', $INSTANCE, '--region', $REGION, '--authentication-profile-id', $id)
  Ask "connect-describe-authentication-profile-$id" (ConvertTo-Json -Compress (@('aws') + $call2)) $call2
}

