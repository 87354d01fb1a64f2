package dev.postern.cdi;

import java.util.List;

/** The application cannot be deployed with these settings; the message lists all that is wrong with them. */
final class SettingsException extends RuntimeException {

    SettingsException(List<String> wrong) {
        super("Postern cannot start with these settings:\n  " + String.join("\n  ", wrong));
    }
}
