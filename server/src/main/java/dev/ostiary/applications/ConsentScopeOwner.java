package dev.ostiary.applications;

/**
 * Who may ask users for scopes: one application, or all those that nobody of the tenant has made.
 *
 * @param table what its tables' names begin with
 * @param column that names it there
 * @param id its value
 */
record ConsentScopeOwner(String table, String column, String id) {
    static ConsentScopeOwner application(String id) {
        return new ConsentScopeOwner("application", "application_id", id);
    }

    static ConsentScopeOwner ceiling(Ceiling ceiling) {
        return new ConsentScopeOwner("ceiling", "ceiling", ceiling.word());
    }

    /** @param template with <code>{table}</code> and <code>{owner}</code>, both constants of ours */
    String sql(String template) {
        return template.replace("{table}", table).replace("{owner}", column);
    }
}
