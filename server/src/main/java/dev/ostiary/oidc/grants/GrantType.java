package dev.ostiary.oidc.grants;

/** Something that a client can exchange for tokens. */
interface GrantType {
    /** The value of {@code grant_type}. */
    String name();

    /** What follows {@code ExchangeTokenBy.} in the audit log. */
    String eventName();

    /**
     * Exchanges it. The client has proven itself and may use this grant. Success is recorded as an event by the grant, in
     * the transaction of its tokens.
     *
     * @throws dev.ostiary.oidc.OAuthException the refusal; recorded by the endpoint
     */
    TokenAnswer redeem(TokenRequest request);
}
