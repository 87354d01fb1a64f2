package dev.postern.it.guest.calls;

import dev.postern.NamedCredential;

/** A credential of the application's own. */
public final class Pin implements NamedCredential {

    private final String caller;
    private final String digits;

    Pin(String caller, String digits) {
        this.caller = caller;
        this.digits = digits;
    }

    @Override
    public String getCaller() {
        return caller;
    }

    boolean isRight() {
        return digits.equals("4711");
    }
}
