package dev.postern.it.roles;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every call and the status that each caller gets. POST sends a body that is no JSON, as {@code application/json}.
 * A 401 carries exactly one challenge, a 503 a {@code Retry-After}, and {@link Visits} counts only what passes.
 */
public final class RoleCases {

    private static final int[] OPEN = {200, 200, 200, 200, 200};
    private static final int[] CLERK = {401, 200, 403, 200, 503};
    private static final int[] MANAGER = {401, 403, 200, 200, 503};
    private static final int[] EITHER = {401, 200, 200, 200, 503};
    private static final int[] BOTH = {401, 403, 403, 200, 503};
    private static final int[] NOBODY = {401, 403, 403, 403, 503};

    private RoleCases() {}

    /** All cases, for a parameterized test. */
    public static List<RoleCase> all() {
        return Stream.of(
                        everywhere("scanned/"),
                        beans("scanned/"),
                        everywhere("listed/"),
                        beans("listed/"),
                        everywhere("singletons/"))
                .flatMap(List::stream)
                .toList();
    }

    /** What also an application finds that makes its resources itself. */
    private static List<RoleCase> everywhere(String at) {
        List<RoleCase> cases = new ArrayList<>();
        add(cases, "GET", at + "by-class", CLERK);
        add(cases, "HEAD", at + "by-class", CLERK);
        add(cases, "GET", at + "by-class/open", OPEN);
        add(cases, "GET", at + "by-class/closed", NOBODY);
        add(cases, "GET", at + "by-class/manager", MANAGER);
        add(cases, "GET", at + "by-method", OPEN);
        add(cases, "GET", at + "by-method/clerk", CLERK);
        add(cases, "GET", at + "by-method/either", EITHER);
        add(cases, "GET", at + "by-method/no-role", NOBODY);
        add(cases, "GET", at + "by-method/closed", NOBODY);
        add(cases, "OPTIONS", at + "by-class", OPEN);
        add(cases, "GET", at + "located/plain", OPEN);
        add(cases, "GET", at + "located/object", CLERK);
        add(cases, "GET", at + "located/by-class-object", CLERK);
        add(cases, "GET", at + "located/ruled", CLERK);
        add(cases, "GET", at + "located/ruled/open", OPEN);
        add(cases, "GET", at + "located/middle/plain", MANAGER);
        add(cases, "OPTIONS", at + "located/middle/plain", OPEN);
        cases.add(new RoleCase("GET", at + "by-class/asking", TestCaller.ANONYMOUS, 401));
        cases.add(new RoleCase("GET", at + "by-class/asking", TestCaller.CLERK, 200));
        cases.add(new RoleCase("POST", at + "by-class", TestCaller.ANONYMOUS, 401));
        cases.add(new RoleCase("POST", at + "by-class", TestCaller.MANAGER, 403));
        cases.add(new RoleCase("POST", at + "by-class", TestCaller.UNKNOWN, 503));
        return cases;
    }

    private static List<RoleCase> beans(String at) {
        List<RoleCase> cases = new ArrayList<>();
        add(cases, "GET", at + "async/stage", CLERK);
        add(cases, "GET", at + "async/suspended", CLERK);
        add(cases, "GET", at + "request-scoped", CLERK);
        add(cases, "GET", at + "application-scoped", CLERK);
        add(cases, "GET", at + "stateless", CLERK);
        add(cases, "GET", at + "from-interface", CLERK);
        add(cases, "GET", at + "from-interface/open", OPEN);
        add(cases, "POST", at + "from-interface", MANAGER);
        add(cases, "GET", at + "from-superclass", CLERK);
        add(cases, "GET", at + "from-superclass/closed", NOBODY);
        add(cases, "GET", at + "from-superclass/overridden", MANAGER);
        add(cases, "GET", at + "opened", CLERK);
        add(cases, "GET", at + "opened/own", OPEN);
        add(cases, "GET", at + "located-in-ruled/plain", CLERK);
        add(cases, "GET", at + "located-in-ruled/ruled/open", CLERK);
        add(cases, "GET", at + "located-in-ruled/middle/plain", BOTH);
        add(cases, "GET", at + "located-bean/plain", OPEN);
        add(cases, "GET", at + "located-bean/plain/manager", MANAGER);
        return cases;
    }

    /** One case for each caller, in the order of {@link TestCaller}. */
    private static void add(List<RoleCase> cases, String method, String path, int[] statuses) {
        TestCaller[] callers = TestCaller.values();
        for (int i = 0; i < callers.length; i++) {
            cases.add(new RoleCase(method, path, callers[i], statuses[i]));
        }
    }
}
