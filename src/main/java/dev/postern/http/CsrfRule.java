package dev.postern.http;

/** Whether requests that change something by the power of the cookie have to bring the CSRF token of their session. */
public enum CsrfRule {
    OFF,
    REQUIRED
}
