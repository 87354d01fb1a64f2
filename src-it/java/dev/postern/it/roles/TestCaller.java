package dev.postern.it.roles;

/** Who calls. The test that runs the cases decides how each of them signs in. */
public enum TestCaller {
    /** Nobody is signed in. */
    ANONYMOUS,
    /** Has exactly the role clerk. */
    CLERK,
    /** Has exactly the role manager. */
    MANAGER,
    /** Has exactly the roles clerk and manager. */
    CHIEF,
    /** Nobody knows: sends the header {@link GridGone#HEADER} and nothing else. */
    UNKNOWN
}
