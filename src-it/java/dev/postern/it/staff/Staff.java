package dev.postern.it.staff;

import dev.postern.CurrentUserLoader;
import dev.postern.it.app.Users;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The users of the identity store, each with a role of their name and a department, until somebody says otherwise. */
@ApplicationScoped
public class Staff implements CurrentUserLoader<Employee> {

    private final Map<String, Employee> moved = new ConcurrentHashMap<>();
    private final Set<String> locked = ConcurrentHashMap.newKeySet();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    void move(String name, String department, String role) {
        moved.put(name, new Employee(department, Set.of(role)));
    }

    void lock(String name) {
        locked.add(name);
    }

    void lose(String name) {
        lost.add(name);
    }

    void reset() {
        moved.clear();
        locked.clear();
        lost.clear();
    }

    @Override
    public Optional<Employee> load(String name) {
        if (lost.contains(name)) {
            throw new IllegalStateException("The list of employees cannot be read.");
        }
        boolean isKnown = Users.names().contains(name) && !locked.contains(name);
        return isKnown ? Optional.of(moved.getOrDefault(name, standard(name))) : Optional.empty();
    }

    private static Employee standard(String name) {
        return new Employee("Sales", name.equals("chief") ? Set.of("clerk", "manager") : Set.of(name));
    }

    @Override
    public Set<String> roles(Employee user) {
        return user.roles();
    }

    @Override
    public Map<String, String> attributes(Employee user) {
        return Map.of("department", user.department());
    }
}
