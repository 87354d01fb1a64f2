package dev.postern.session;

import dev.postern.session.Clients.Person;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;

/**
 * Scenarios in which two {@link Clients} meet: each does one thing and then makes a request, both at once. Afterwards a
 * third client makes a request with the token that all of them had at first.
 */
final class Encounters {

    private static final List<Deed> DEEDS = List.of(
            new Deed("request", List.of()),
            new Deed("signOut", List.of()),
            new Deed("signIn", List.of(Person.ANN)),
            new Deed("signIn", List.of(Person.BOB)));

    private Encounters() {}

    private record Deed(String name, List<Person> persons) {

        Actor by(int client) {
            List<Object> arguments = new ArrayList<>(List.of(client));
            arguments.addAll(persons);
            return new Actor(method(), arguments);
        }

        private Method method() {
            return Stream.of(Clients.class.getMethods())
                    .filter(method -> method.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** One for every two deeds, also for one that both do. */
    static List<ExecutionScenario> ofEveryTwo() {
        List<ExecutionScenario> encounters = new ArrayList<>();
        for (int one = 0; one < DEEDS.size(); one++) {
            for (int other = one; other < DEEDS.size(); other++) {
                encounters.add(of(DEEDS.get(one), DEEDS.get(other)));
            }
        }
        return encounters;
    }

    private static ExecutionScenario of(Deed one, Deed other) {
        Deed request = DEEDS.get(0);
        return new ExecutionScenario(
                List.of(),
                List.of(List.of(one.by(0), request.by(0)), List.of(other.by(1), request.by(1))),
                List.of(request.by(2)),
                null);
    }
}
