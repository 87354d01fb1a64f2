package dev.postern.it.guest.callers;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user as the application knows them; shaped like an entity. */
public class Customer extends Party<Long> {

    private String name = "";

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // as an entity has it, which no proxy equals
    public boolean equals(@Nullable Object other) {
        return other != null && other.getClass() == getClass() && ((Customer) other).name.equals(name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name);
    }
}
