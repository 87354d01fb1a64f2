package dev.postern.session.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The changes of one request to the metadata of its session. */
class RequestEditsTest {

    private final TestSessions sessions = new TestSessions();
    private final LiveSession live = sessions.begin("ann");
    private final RequestLogin.SignedIn login =
            new RequestLogin.SignedIn(live, Optional.of("Ann, as the loader gave her"), "Postern realm=\"desk\"");
    private final RequestEdits edits = new RequestEdits(sessions.keeper(), live);

    @Test
    void attributeHoldsThemOnceSomethingWasChanged() {
        assertThat(RequestEdits.of(edits)).containsSame(edits);
        assertThat(RequestEdits.of(null)).isEmpty();
        assertThat(RequestEdits.of("edits")).isEmpty();
    }

    @Test
    void areSeenByTheRequestAndNotInTheGridUntilTheyAreSaved() {
        edits.change(live, "desk", Optional.of("three"));

        assertThat(edits.on(live)).isEqualTo(Map.of("desk", "three"));
        assertThat(sessions.active(live.token()).metadata()).isEmpty();
    }

    @Test
    void savedChangesAreInTheGridAndInTheLogin() {
        edits.change(live, "desk", Optional.of("three"));

        RequestLogin.SignedIn saved = (RequestLogin.SignedIn) edits.save(login);

        assertThat(sessions.active(live.token()).metadata()).isEqualTo(Map.of("desk", "three"));
        assertThat(saved.live().row().metadata()).isEqualTo(Map.of("desk", "three"));
        assertThat(saved.own()).isEqualTo(login.own());
        assertThat(saved.challenge()).isEqualTo(login.challenge());
    }

    @Test
    void savingWithoutAChangeDoesNotAskTheGrid() {
        edits.change(live, "desk", Optional.of("three"));
        RequestLogin saved = edits.save(login);
        sessions.twin().setBroken(true);

        assertThat(edits.save(saved)).isSameAs(saved);
        assertThat(new RequestEdits(sessions.keeper(), live).save(login)).isSameAs(login);
    }

    @Test
    void changesFromBeforeAnotherUsersSignInDoNotReachTheSessionOfThatUser() {
        LiveSession bobs = sessions.beginOver(live.token(), "bob");
        RequestLogin after = new RequestLogin.SignedIn(bobs);
        edits.change(live, "desk", Optional.of("three"));

        assertThat(edits.isOf(live)).isTrue();
        assertThat(edits.isOf(bobs)).isFalse();
        assertThat(edits.save(after)).isSameAs(after);
        assertThat(sessions.active(bobs.token()).metadata()).isEmpty();
    }

    @Test
    void callerWhoHasSignedOutMeanwhileSavesNothing() {
        RequestLogin anonymous = new RequestLogin.Anonymous();
        edits.change(live, "desk", Optional.of("three"));

        assertThat(edits.save(anonymous)).isSameAs(anonymous);
    }

    @Test
    void sessionThatHasEndedMeanwhileKeepsTheLoginAsItWas() {
        edits.change(live, "desk", Optional.of("three"));
        sessions.end(live.token());

        assertThat(edits.save(login)).isSameAs(login);
    }

    @Test
    void changeBeyondTheBoundsIsRefusedAndChangesNothing() {
        edits.change(live, "desk", Optional.of("three"));

        assertThatThrownBy(() -> edits.change(live, "desk", Optional.of("x".repeat(513))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(edits.on(live)).isEqualTo(Map.of("desk", "three"));
    }

    @Test
    void areDroppedWhenTheyCannotBeSaved() {
        edits.change(live, "desk", Optional.of("three"));
        sessions.twin().setBroken(true);
        assertThatThrownBy(() -> edits.save(login)).isInstanceOf(PosternException.class);
        sessions.twin().setBroken(false);

        assertThat(edits.save(login)).isSameAs(login);
        assertThat(edits.on(live)).isEmpty();
    }

    @Test
    void areKeptOnceTheMethodThatMadeThemHasReturned() {
        edits.change(live, "desk", Optional.of("three"));
        assertThat(edits.isKept()).isFalse();

        edits.keep();
        assertThat(edits.isKept()).isTrue();

        edits.drop();
        assertThat(edits.isKept()).isFalse();
        assertThat(edits.on(live)).isEmpty();
    }
}
