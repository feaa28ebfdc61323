package dev.ostiary.experience;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import dev.ostiary.events.ChangeCache;
import dev.ostiary.events.Changes;
import dev.ostiary.experience.SignInExperience.CustomUiAssets;
import dev.ostiary.json.Json;
import dev.ostiary.users.UsernameConflicts;
import dev.ostiary.users.Users;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The settings of the sign-in pages, by tenant; cached until changed. */
public final class SignInExperiences {
    private static final String TOPIC = "sign-in-experience";
    private static final String KEY = "default";

    private final Database database;
    private final Changes changes;
    private final Users users;
    private final Clock clock;
    private final CustomUi customUi;
    private final SignInExperienceStore store = new SignInExperienceStore();
    private final ChangeCache<SignInExperience> cache;

    public SignInExperiences(Database database, Changes changes, Users users, CustomUi customUi, Clock clock) {
        this.customUi = customUi;
        this.database = database;
        this.users = users;
        this.changes = changes;
        this.clock = clock;
        this.cache = new ChangeCache<>(changes, TOPIC, 10_000);
    }

    public SignInExperience of(String tenant) {
        return cache.get(tenant, KEY, () -> Optional.of(database.read(tenant, this::now)))
                .orElseThrow();
    }

    /** As it is in this transaction, past the cache. */
    public SignInExperience now(Tx tx) {
        return SignInExperience.of(tx.tenant(), store.find(tx));
    }

    /** Gives a tenant its first settings, unless it has some: the admin tenant opens with registration only. */
    public void seed(Tx tx, SignInMode mode) {
        ObjectNode members = Json.object();
        members.set("signInMode", Json.tree(mode));
        if (store.insertIfAbsent(tx, members)) {
            changes.announce(tx, TOPIC, KEY);
        }
    }

    /**
     * Ends a tenant's registration-only time, once and for good, if it lasts: of two who register at the same moment one
     * gets true and is the first, the administrator to be (CO1).
     *
     * @return false where registration is open to all
     * @throws AppException 403 {@code auth.forbidden} to those who come too late; roll back what they began
     */
    public boolean claimFirstRegistration(Tx tx) {
        if (store.closeRegistration(tx)) {
            changes.announce(tx, TOPIC, KEY);
            return true;
        }
        if (!now(tx).signInMode().allowsRegistration()) {
            throw ExperienceError.FORBIDDEN.exception();
        }
        return false;
    }

    /** Ends a tenant's registration-only time without a registration, if it lasts. */
    public void closeRegistration(Tx tx) {
        if (store.closeRegistration(tx)) {
            changes.announce(tx, TOPIC, KEY);
        }
    }

    /**
     * Asked at each step that opens something, not only at the first: settings change while visitors are on their way.
     *
     * @throws AppException 403 {@code auth.forbidden}
     */
    void requireOpen(String tenant, InteractionEvent event) {
        SignInMode mode = of(tenant).signInMode();
        boolean open =
                switch (event) {
                    case SIGN_IN -> mode.allowsSignIn();
                    case REGISTER -> mode.allowsRegistration();
                    case FORGOT_PASSWORD -> true;
                };
        if (!open) {
            throw ExperienceError.FORBIDDEN.exception();
        }
    }

    /** @return the settings after the change; refused as a whole if they contradict themselves */
    SignInExperience patch(String tenant, SignInExperienceJson.Patch patch) {
        return database.write(tenant, tx -> {
            ObjectNode stored = store.lock(tx);
            SignInExperience before = SignInExperience.of(tenant, stored);
            ObjectNode members = patch.members(before, clock.instant());
            stored.setAll(members);
            SignInExperience after = SignInExperience.of(tenant, stored);
            SignInExperienceRules.check(after, patch);
            if (before.usernamePolicy().caseSensitive()
                    && !after.usernamePolicy().caseSensitive()) {
                requireDistinctUsernames(tx);
            }
            useCustomUi(tx, before.customUiAssets(), after.customUiAssets());
            store.change(tx, members);
            changes.announce(tx, TOPIC, KEY);
            return after;
        });
    }

    private void useCustomUi(Tx tx, @Nullable CustomUiAssets before, @Nullable CustomUiAssets after) {
        String old = before == null ? null : before.id();
        String now = after == null ? null : after.id();
        if (!Objects.equals(old, now)) {
            customUi.use(tx, now);
        }
    }

    /** Where John and john are two people, a name without case would be both. */
    private void requireDistinctUsernames(Tx tx) {
        UsernameConflicts conflicts = users.usernameConflicts(tx, 20);
        if (conflicts.totalConflicts() > 0) {
            throw SignInExperienceError.USERNAME_POLICY_CASE_CONFLICTS_EXIST.exception(conflicts);
        }
    }
}
