import { createRemoteJWKSet, jwtVerify } from 'jose';

/** Signature, issuer, audience and times (OpenID Connect Core section 3.1.3.7); a clock may differ by five minutes. */
export async function verifyIdToken(idToken: string, audience: string, issuer: string, jwksUri: string): Promise<void> {
  const { payload } = await jwtVerify(idToken, createRemoteJWKSet(new URL(jwksUri)), { audience, issuer, clockTolerance: 300, requiredClaims: ['iat'] });
  if (Math.abs(payload.iat! - Date.now() / 1000) > 300) throw new Error('id_token.invalid_iat');
}
