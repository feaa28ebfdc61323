package dev.ostiary.organizations;

import dev.ostiary.db.Tx;
import dev.ostiary.sso.EmailDomains;
import dev.ostiary.users.User;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Just-in-time joining: who proves an address of a company's domain, or comes by its provider, is a member of the
 * organizations that want that, with their default roles. One statement, in the transaction that makes or links the
 * account; none where there is nothing that anybody could join by.
 */
public final class Joining {
    private final Organizations organizations;

    public Joining(Organizations organizations) {
        this.organizations = organizations;
    }

    /**
     * By the domain of the address, exactly: neither sub-domains nor what only looks like it (OR3).
     *
     * @param user whose address is proven: by a connector whose domain it is, a code, an invitation's link. What an
     *     administrator has typed is not
     */
    public void proven(Tx tx, User user) {
        domain(user).ifPresent(domain -> join(tx, user, domain, ""));
    }

    /**
     * By the connector, and by the domain of the address that it has proven.
     *
     * @param isProvenAlready whether {@link #proven} was told of the address
     */
    public void linked(Tx tx, User user, String ssoConnectorId, boolean isProvenAlready) {
        join(tx, user, isProvenAlready ? "" : domain(user).orElse(""), ssoConnectorId);
    }

    private void join(Tx tx, User user, String domain, String ssoConnectorId) {
        Relation.Change joined = Relation.Change.ofAdded(List.of(user.id()));
        JitStore.join(tx, user.id(), domain, ssoConnectorId)
                .forEach(id -> organizations.tell(tx, MemberKind.USER, id, joined, UnaryOperator.identity()));
    }

    /** Of one address and no list of them. */
    private static Optional<String> domain(User user) {
        String email = user.primaryEmail();
        return email == null || email.indexOf('@') != email.lastIndexOf('@')
                ? Optional.empty()
                : EmailDomains.of(email);
    }
}
