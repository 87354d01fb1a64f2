package dev.postern.rest;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;

/** Classes that inherit security annotations in every way. */
public final class SampleResources {

    private SampleResources() {}

    public static class Plain {
        public void plain() {}
    }

    @RolesAllowed("clerk")
    public static class Clerks {
        public void plain() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        @RolesAllowed("manager")
        public void manager() {}

        @PermitAll
        public void overloaded(String argument) {}

        public void overloaded(Object argument) {}
    }

    public static class InheritsFromClerks extends Clerks {}

    public static class OverridesClerks extends Clerks {
        @Override
        public void plain() {}

        @Override
        public void open() {}

        @Override
        public void manager() {}
    }

    /** What a container generates: overrides everything, carries nothing. */
    public static class ProxyOfOverridesClerks extends OverridesClerks {
        @Override
        public void plain() {}

        @Override
        public void open() {}

        @Override
        public void manager() {}
    }

    @RolesAllowed("manager")
    public static class ManagersFromClerks extends Clerks {}

    @PermitAll
    public static class OpenedClerks extends Clerks {
        public void own() {}
    }

    @RolesAllowed("manager")
    public static class ClassBeatsSuperclass extends Clerks {
        @Override
        public void plain() {}

        @Override
        public void closed() {}
    }

    @RolesAllowed("manager")
    public static class RuledFromOpenMethod extends Clerks {
        @Override
        public void open() {}
    }

    /** An interface that carries everything. */
    @RolesAllowed("clerk")
    public interface Api<T> {
        void byType();

        @PermitAll
        void open();

        @RolesAllowed("manager")
        void generic(T argument);

        default void byDefault() {}
    }

    public static class FromApi implements Api<String> {
        @Override
        public void byType() {}

        @Override
        public void open() {}

        @Override
        public void generic(String argument) {}
    }

    @PermitAll
    public static class OpenedApi extends FromApi implements Api<String> {
        @Override
        public void byType() {}

        @Override
        public void generic(String argument) {}
    }

    /** Fills in the type parameter one class later. */
    public abstract static class GenericBase<T extends CharSequence> implements Api<T> {
        @Override
        public void byType() {}

        @Override
        public void open() {}
    }

    public static class GenericHeir extends GenericBase<String> {
        @Override
        public void generic(String argument) {}
    }

    /** A second interface with the same method. */
    public interface OtherApi {
        @RolesAllowed("manager")
        void byType();
    }

    public static class TwoParents extends FromApi implements OtherApi {
        @Override
        public void byType() {}
    }

    public static class Torn {
        @PermitAll
        @DenyAll
        public void torn() {}
    }
}
