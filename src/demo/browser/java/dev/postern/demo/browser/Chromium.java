package dev.postern.demo.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The browser of this machine, and the program that drives it. Immutable. */
record Chromium(Path browser, Path driver) {

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> DRIVERS = List.of("chromedriver");

    /** Empty if one of the two is not on the path of programs. */
    static Optional<Chromium> find() {
        return program(BROWSERS).flatMap(browser -> program(DRIVERS).map(driver -> new Chromium(browser, driver)));
    }

    private static Optional<Path> program(List<String> names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return names.stream()
                .flatMap(name ->
                        List.of(path.split(File.pathSeparator)).stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
