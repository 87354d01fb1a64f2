package dev.postern.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocatorsTest {

    private static final AccessRule CLERK = AccessRule.anyOf("clerk");
    private static final AccessRule MANAGER = AccessRule.anyOf("manager");

    private final Locators locators = new Locators();

    @Test
    void demandNothingOfARootResource() {
        assertThat(rule("root", new Root())).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void demandWhatTheLocatorDemands() {
        assertThat(rule("root/clerk", new Leaf(), new Root())).isEqualTo(CLERK);
    }

    @Test
    void leaveOutLocatorsWhosePathIsNotThere() {
        assertThat(rule("root/plain", new Leaf(), new Root())).isEqualTo(AccessRule.UNDECLARED);
    }

    @Test
    void lookThroughMatrixParametersAndEncodedSlashes() {
        assertThat(rule("root/clerk;version=1", new Leaf(), new Root())).isEqualTo(CLERK);
        assertThat(rule("root/x;y/clerk", new Leaf(), new Root())).isEqualTo(CLERK);
    }

    @Test
    void leaveOutLocatorsThatReturnSomethingElse() {
        assertThat(rule("root/clerk", new OtherLeaf(), new Root())).isEqualTo(AccessRule.OPEN);
    }

    @Test
    void demandAllWhereSeveralMayHaveMatched() {
        assertThat(rule("root/clerk/deep", new Leaf(), new Root())).isEqualTo(CLERK.and(MANAGER));
    }

    @Test
    void countLocatorsThatReturnAClass() {
        assertThat(rule("classes/any", new Leaf(), new Classes())).isEqualTo(MANAGER);
    }

    @Test
    void demandAllWhereNoneCanHaveReturnedIt() {
        assertThat(rule("mistyped/any", new Leaf(), new Mistyped())).isEqualTo(CLERK);
    }

    @Test
    void demandWhatTheClassOfTheLocatorDemands() {
        assertThat(rule("ruled/any", new Leaf(), new Ruled())).isEqualTo(CLERK);
    }

    @Test
    void findLocatorsOfInterfacesAndBehindProxies() {
        assertThat(rule("api/manager", new Leaf(), new ApiProxy())).isEqualTo(MANAGER);
    }

    @Test
    void demandEveryStepOfTheWay() {
        assertThat(rule("ruled/any/clerk", new Leaf(), new Root(), new Ruled())).isEqualTo(CLERK);
        assertThat(rule("classes/x/clerk", new Leaf(), new Root(), new Classes()))
                .isEqualTo(CLERK.and(MANAGER));
    }

    @Test
    void ignoreMethodsThatAnswerRequests() {
        assertThat(rule("methods/get", new Leaf(), new Methods())).isEqualTo(AccessRule.UNDECLARED);
    }

    private AccessRule rule(String path, Object... innermostFirst) {
        return locators.rule(Answering.with(
                UriInfo.class,
                Map.of("getPath", none -> path, "getMatchedResources", none -> List.of(innermostFirst))));
    }

    public static class Leaf {}

    public static class OtherLeaf {}

    public static class Root {
        @Path("plain")
        public Leaf plain() {
            return new Leaf();
        }

        @Path("clerk")
        @RolesAllowed("clerk")
        public Leaf clerk() {
            return new Leaf();
        }

        @Path("{any}/deep")
        @RolesAllowed("manager")
        public Leaf template() {
            return new Leaf();
        }

        @Path("other")
        @PermitAll
        public OtherLeaf other() {
            return new OtherLeaf();
        }
    }

    public static class Classes {
        @Path("{any}")
        @RolesAllowed("manager")
        public Class<?> any() {
            return Leaf.class;
        }
    }

    public static class Mistyped {
        @Path("{any}")
        @RolesAllowed("clerk")
        public OtherLeaf any() {
            return new OtherLeaf();
        }
    }

    @RolesAllowed("clerk")
    public static class Ruled {
        @Path("{any}")
        public Object any() {
            return new Leaf();
        }
    }

    /** Carries the locator for those who implement it. */
    public interface Api {
        @Path("manager")
        @RolesAllowed("manager")
        Object manager();
    }

    public static class ApiProxy implements Api {
        @Override
        public Object manager() {
            return new Leaf();
        }
    }

    public static class Methods {
        @GET
        @Path("get")
        @RolesAllowed("clerk")
        public Object get() {
            return new Leaf();
        }
    }
}
