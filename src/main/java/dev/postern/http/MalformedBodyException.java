package dev.postern.http;

/** The body of a sign-in cannot be used. The sentence is for the client, and repeats nothing of the body. */
final class MalformedBodyException extends Exception {

    private final String sentence;

    MalformedBodyException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
