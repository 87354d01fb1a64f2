package dev.postern.it.cluster;

import java.util.Optional;

/**
 * Judges the calls of a history. It knows three things: an answer names the user who presented the token, or nobody; a session
 * whose sign-in was acknowledged works until somebody asks for its end; one whose end was acknowledged never works again.
 *
 * <p>Immutable.
 */
record Checker(Ledger ledger) {

    /** What is wrong with the call; nothing when all is as it should be. */
    Optional<Finding> judge(Call call) {
        Answer answer = call.answer();
        if (isStray(call)) {
            return Optional.of(Finding.STRAY_TOKEN);
        }
        if (answer.status() == 503 && answer.hasToken()) {
            return Optional.of(Finding.TOKEN_WITH_503);
        }
        return switch (answer.status()) {
            case 0 -> Optional.of(Finding.NO_ANSWER);
            case 503 -> Optional.of(Finding.UNAVAILABLE_503);
            case 403 -> Optional.of(Finding.FORBIDDEN_403);
            case 401 -> refusal(call);
            default ->
                answer.status() == call.asked().action().status() ? content(call) : Optional.of(Finding.OTHER_STATUS);
        };
    }

    /** A token belongs into the answer to a sign-in, and to whoever presents a session that is not over. */
    private boolean isStray(Call call) {
        boolean isSignIn = call.asked().action() == Action.SIGN_IN;
        return call.answer().hasToken() && !isSignIn && (call.asked().isWithout() || ledger.isOver(call));
    }

    /** Of a guarded page to somebody without a session, or with one that may be over, it is right. */
    private Optional<Finding> refusal(Call call) {
        if (ledger.isLive(call)) {
            return Optional.of(call.asked().action() == Action.ROLL_CALL ? Finding.LOST : Finding.UNKNOWN_401);
        }
        return call.asked().action().isGuarded() ? Optional.empty() : Optional.of(Finding.UNKNOWN_401);
    }

    private Optional<Finding> content(Call call) {
        Caller caller = call.answer().caller();
        if (caller.equals(Caller.UNSAID) && call.asked().action() != Action.SIGN_OUT) {
            return Optional.of(Finding.OTHER_STATUS);
        }
        return switch (call.asked().action()) {
            case SIGN_OUT -> Optional.empty();
            case SIGN_IN ->
                caller.is(call.asked().user(), caller.handle()) ? Optional.empty() : Optional.of(Finding.WRONG_USER);
            default -> caller.isAnonymous() ? nobody(call) : somebody(call);
        };
    }

    private Optional<Finding> nobody(Call call) {
        if (!call.answer().caller().equals(Caller.NOBODY)) {
            return Optional.of(Finding.WRONG_USER);
        }
        return ledger.isLive(call) || call.asked().action().isGuarded()
                ? Optional.of(Finding.UNKNOWN_401)
                : Optional.empty();
    }

    private Optional<Finding> somebody(Call call) {
        String user = ledger.user(call.asked().presented());
        if (user == null || !call.answer().caller().is(user, call.asked().presented())) {
            return Optional.of(Finding.WRONG_USER);
        }
        return ledger.isOver(call) ? Optional.of(Finding.REVIVED) : Optional.empty();
    }
}
