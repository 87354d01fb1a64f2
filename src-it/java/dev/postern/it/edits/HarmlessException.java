package dev.postern.it.edits;

/** An exception that this application answers with 200. */
public class HarmlessException extends RuntimeException {

    private static final long serialVersionUID = 1;

    HarmlessException(String message) {
        super(message);
    }
}
