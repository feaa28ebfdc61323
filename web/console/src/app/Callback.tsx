import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { SignInFailed, Waiting } from './Doorstep';
import { session } from './session';

/** Where the sign-in page returns to: the code is spent once, then the page asked for is shown. */
export function Callback() {
  const navigate = useNavigate();
  const started = useRef(false);
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    if (started.current) return; // strict mode runs effects twice; a code works once
    started.current = true;
    session.finishSignIn(window.location.href).then(
      (target) => navigate(target, { replace: true }),
      async (error: unknown) => {
        // Reloading this address brings an old code, although the session is fine.
        if (await session.isSignedIn()) navigate('/', { replace: true });
        else setProblem(error);
      },
    );
  }, [navigate]);
  return problem === undefined ? <Waiting /> : <SignInFailed error={problem} />;
}
