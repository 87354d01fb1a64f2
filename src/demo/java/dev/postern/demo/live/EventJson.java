package dev.postern.demo.live;

import dev.postern.SessionEvent;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Optional;

/** Writes an event as JSON: its id, and the components of its record. Immutable. */
final class EventJson {

    private EventJson() {}

    static String of(SessionEvent event) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("id", event.id());
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            value(component, event).ifPresent(value -> json.add(component.getName(), value.toString()));
        }
        return json.build().toString();
    }

    private static Optional<?> value(RecordComponent component, SessionEvent event) {
        try {
            Object value = component.getAccessor().invoke(event);
            return value instanceof Optional<?> optional ? optional : Optional.of(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The event " + event.id() + " cannot be read.", e);
        }
    }
}
