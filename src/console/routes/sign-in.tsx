import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SignInForm } from '../features/sign-in/sign-in-form.js';
import { useTitle } from '../ui/page.js';

/** The only page that anybody may see. */
export function SignInRoute() {
  const { t } = useTranslation();
  useTitle(t('signIn.title'));
  const { from, error } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const router = useRouter();
  return (
    <SignInForm
      linkFailed={error !== undefined}
      onSignedIn={() => void (from ? router.history.replace(from) : navigate({ to: '/', replace: true }))}
    />
  );
}
