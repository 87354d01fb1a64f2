package dev.postern.it.roles;

/**
 * One call and the status that it must get. Immutable.
 *
 * @param path below the context path, without a leading slash
 */
public record RoleCase(String method, String path, TestCaller caller, int status) {

    /** Whether a resource method is reached, so that {@link Visits} counts one more. */
    public boolean reaches() {
        return status < 300 && !method.equals("OPTIONS");
    }

    @Override
    public String toString() {
        return method + " " + path + " as " + caller + " gets " + status;
    }
}
