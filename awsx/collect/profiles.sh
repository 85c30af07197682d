# The instance's authentication profiles: the list, and each one.
ask connect-list-authentication-profiles \
  "[\"aws\",\"connect\",\"list-authentication-profiles\",\"--instance-id\",\"$(printf '%s' "$INSTANCE" | escape)\",\"--region\",\"$(printf '%s' "$REGION" | escape)\"]" \
  connect list-authentication-profiles --instance-id "$INSTANCE" --region "$REGION"
for id in $(aws connect list-authentication-profiles --instance-id "$INSTANCE" --region "$REGION" --query 'AuthenticationProfileSummaryList[].Id' --output text 2>/dev/null); do
  [ "$id" = None ] || ask "connect-describe-authentication-profile-$id" \
    "[\"aws\",\"connect\",\"describe-authentication-profile\",\"--instance-id\",\"$(printf '%s' "$INSTANCE" | escape)\",\"--region\",\"$(printf '%s' "$REGION" | escape)\",\"--authentication-profile-id\",\"$id\"]" \
    connect describe-authentication-profile --instance-id "$INSTANCE" --region "$REGION" --authentication-profile-id "$id"
done

