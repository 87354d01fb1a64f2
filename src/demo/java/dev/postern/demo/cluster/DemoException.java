package dev.postern.demo.cluster;

/** The demo cannot run; the message is the sentence that the user reads. Immutable. */
final class DemoException extends RuntimeException {

    DemoException(String sentence) {
        super(sentence);
    }
}
