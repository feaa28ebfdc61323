package dev.ostiary.organizations;

import dev.ostiary.applications.Application;
import dev.ostiary.applications.ApplicationError;
import dev.ostiary.applications.Applications;
import dev.ostiary.db.Tx;
import dev.ostiary.errors.AppException;
import java.util.function.Consumer;

/** The door to who may use an application: users, holders of roles, members of organizations, those with a role there. */
public final class ApplicationAccess {
    private final Applications applications;

    public ApplicationAccess(Applications applications) {
        this.applications = applications;
    }

    /** Everybody, where the application does not keep anybody out; of the rules one is enough. */
    public boolean allows(Tx tx, Application application, String userId) {
        return !application.appLevelAccessControlEnabled()
                || ApplicationAccessStore.allows(tx, application.id(), userId);
    }

    /** Whether anybody is let in at all: without, it must not be switched on. */
    public boolean hasRules(Tx tx, String applicationId) {
        return ApplicationAccessStore.hasRules(tx, applicationId);
    }

    ApplicationAccessJson.Rules rules(Tx tx, String applicationId) {
        applications.get(tx, applicationId);
        return ApplicationAccessJson.Rules.of(ApplicationAccessStore.list(tx, applicationId));
    }

    /**
     * @param before is shown what there was, under the lock
     * @throws AppException 404, or 422 for what does not exist, and for no rules where they are in force
     */
    ApplicationAccessJson.Rules replace(
            Tx tx,
            String applicationId,
            ApplicationAccessJson.Replace wanted,
            Consumer<ApplicationAccessJson.Rules> before) {
        Application application = applications.lock(tx, applicationId);
        before.accept(rules(tx, applicationId));
        ApplicationAccessStore.replace(tx, applicationId, wanted.rules());
        if (application.appLevelAccessControlEnabled() && !hasRules(tx, applicationId)) {
            throw ApplicationError.ACCESS_CONTROL_WITHOUT_RULES.exception();
        }
        return rules(tx, applicationId);
    }
}
