package dev.postern.demo.cluster;

/** The demo cannot run; the message is the sentence that the user reads. Immutable. */
final class DemoException extends RuntimeException {

    private final String sentence;

    DemoException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
