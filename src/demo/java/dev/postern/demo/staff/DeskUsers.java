package dev.postern.demo.staff;

import dev.postern.CurrentUserLoader;
import dev.postern.demo.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks users up with each request, so that a role is gone as soon as it is taken away. Safe for concurrent use.
 */
@ApplicationScoped
public class DeskUsers implements CurrentUserLoader<DeskUser> {

    @Inject
    Sql sql;

    @Override
    public Optional<DeskUser> load(String name) {
        boolean exists = !sql.query(row -> true, "select 1 from account where name = ?", name)
                .isEmpty();
        return exists ? Optional.of(new DeskUser(name, rolesOf(name))) : Optional.empty();
    }

    @Override
    public Set<String> roles(DeskUser user) {
        return user.roles();
    }

    /** Gives the user a role; idempotent. */
    void give(String name, String role) {
        sql.update("merge into account_role (name, role) values (?, ?)", name, role);
    }

    /** Takes a role from the user; idempotent. */
    void take(String name, String role) {
        sql.update("delete from account_role where name = ? and role = ?", name, role);
    }

    private Set<String> rolesOf(String name) {
        return new HashSet<>(sql.query(row -> row.getString(1), "select role from account_role where name = ?", name));
    }
}
