package dev.postern.cdi.application;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads security settings from the descriptors and annotations of a web application, where the platform has no API for
 * them.
 *
 * <p>Safe for concurrent use.
 */
public final class WebDescriptors {

    private static final String LOGIN_CONFIG = "org.eclipse.microprofile.auth.LoginConfig";
    private static final String FRAGMENT = "META-INF/web-fragment.xml";
    private static final String FRAGMENT_NAME = "postern";

    private WebDescriptors() {}

    /** The authentication methods of {@code login-config}, each with its place; empty if there are none. */
    public static List<String> loginMethods(ServletContext context) {
        List<String> found = new ArrayList<>();
        text(context, "/WEB-INF/web.xml", "login-config", "auth-method")
                .ifPresent(method -> found.add(method + " (<login-config> of WEB-INF/web.xml)"));
        try {
            for (URL fragment : Collections.list(context.getClassLoader().getResources(FRAGMENT))) {
                text(fragment.openStream(), fragment.toString(), "login-config", "auth-method")
                        .ifPresent(method -> found.add(method + " (<login-config> of " + fragment + ")"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The authentication method that MicroProfile JWT's annotation names on a JAX-RS application. */
    public static Stream<String> loginMethod(Class<?> application) {
        return Stream.of(application.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().equals(LOGIN_CONFIG))
                .map(annotation -> method(annotation) + " (@LoginConfig of " + application.getName() + ")");
    }

    private static String method(Annotation loginConfig) {
        try {
            return String.valueOf(
                    loginConfig.annotationType().getMethod("authMethod").invoke(loginConfig));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The security domain that the application's {@code jboss-web.xml} names; empty if it names none. */
    public static Optional<String> securityDomain(ServletContext context) {
        return text(context, "/WEB-INF/jboss-web.xml", "jboss-web", "security-domain")
                .map(domain ->
                        domain.substring(domain.lastIndexOf('/') + 1)); // java:/jaas/name is an old way to write it
    }

    /**
     * Whether the {@code web.xml} of the WAR whose {@code WEB-INF/lib} has the class leaves the jar out. False if the
     * server keeps no directory of the WAR.
     */
    public static boolean leaveOutJarOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return false;
        }
        try {
            Path descriptor = Path.of(source.getLocation().toURI())
                    .resolveSibling("../web.xml")
                    .normalize();
            return Files.isReadable(descriptor)
                    && leavesJarOut(Files.newInputStream(descriptor), descriptor.toString());
        } catch (URISyntaxException | IOException | IllegalArgumentException | FileSystemNotFoundException e) {
            return false;
        }
    }

    /**
     * Whether a {@code web.xml} has an {@code absolute-ordering} with neither the name of our fragment nor
     * {@code others}.
     */
    static boolean leavesJarOut(InputStream descriptor, String name) {
        boolean isOrdered = false;
        try (InputStream in = descriptor) {
            XMLStreamReader reader = factory().createXMLStreamReader(in);
            while (reader.hasNext()) {
                int event = reader.next();
                String element = event == XMLStreamConstants.START_ELEMENT ? reader.getLocalName() : "";
                isOrdered |= element.equals("absolute-ordering");
                boolean isNamed = element.equals("name")
                        && reader.getElementText().strip().equals(FRAGMENT_NAME);
                if (isOrdered && (isNamed || element.equals("others"))) {
                    return false;
                }
                if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals("absolute-ordering")) {
                    return true;
                }
            }
            return false;
        } catch (IOException | XMLStreamException e) {
            throw new IllegalStateException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(ServletContext context, String descriptor, String parent, String element) {
        return text(context.getResourceAsStream(descriptor), descriptor, parent, element);
    }

    /** The text of the first such element below such a parent. */
    private static Optional<String> text(@Nullable InputStream descriptor, String name, String parent, String element) {
        if (descriptor == null) {
            return Optional.empty();
        }
        try (InputStream in = descriptor) {
            XMLStreamReader reader = factory().createXMLStreamReader(in);
            Deque<String> path = new ArrayDeque<>();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.END_ELEMENT) {
                    path.pop();
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    if (reader.getLocalName().equals(element) && parent.equals(path.peek())) {
                        return Optional.of(reader.getElementText().strip());
                    }
                    path.push(reader.getLocalName());
                }
            }
            return Optional.empty();
        } catch (IOException | XMLStreamException e) {
            throw new IllegalStateException(name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A parser that resolves no entities and loads nothing from elsewhere. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
