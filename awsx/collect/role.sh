# The role's permissions: both lists, and each document in its default version.
name=$(printf '%s' "$ROLE" | tr -c 'A-Za-z0-9._-' '_')
ask "iam-list-attached-role-policies-$name" "[\"aws\",\"iam\",\"list-attached-role-policies\",\"--role-name\",\"$(printf '%s' "$ROLE" | escape)\"]" \
  iam list-attached-role-policies --role-name "$ROLE"
ask "iam-list-role-policies-$name" "[\"aws\",\"iam\",\"list-role-policies\",\"--role-name\",\"$(printf '%s' "$ROLE" | escape)\"]" \
  iam list-role-policies --role-name "$ROLE"
{ aws iam list-attached-role-policies --role-name "$ROLE" --query 'AttachedPolicies[].[PolicyArn]' --output text
  aws iam get-role --role-name "$ROLE" --query 'Role.PermissionsBoundary.PermissionsBoundaryArn' --output text; } 2>/dev/null |
while IFS= read -r arn; do
  case $arn in arn:*) ;; *) continue ;; esac
  version=$(aws iam get-policy --policy-arn "$arn" --query Policy.DefaultVersionId --output text 2>/dev/null </dev/null) || version=v1
  ask "iam-get-policy-version-$(printf '%s' "${arn##*/}" | tr -c 'A-Za-z0-9._-' '_')" \
    "[\"aws\",\"iam\",\"get-policy-version\",\"--policy-arn\",\"$(printf '%s' "$arn" | escape)\",\"--version-id\",\"$version\"]" \
    iam get-policy-version --policy-arn "$arn" --version-id "$version" </dev/null
done
aws iam list-role-policies --role-name "$ROLE" --query 'PolicyNames[].[@]' --output text 2>/dev/null |
while IFS= read -r policy; do
  case $policy in ''|None) continue ;; esac
  ask "iam-get-role-policy-$(printf '%s' "$ROLE-$policy" | tr -c 'A-Za-z0-9._-' '_')" \
    "[\"aws\",\"iam\",\"get-role-policy\",\"--role-name\",\"$(printf '%s' "$ROLE" | escape)\",\"--policy-name\",\"$(printf '%s' "$policy" | escape)\"]" \
    iam get-role-policy --role-name "$ROLE" --policy-name "$policy" </dev/null
done

