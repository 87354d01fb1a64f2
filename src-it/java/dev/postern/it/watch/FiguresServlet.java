package dev.postern.it.watch;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;

/** Shows what JMX has under {@code dev.postern}, as any console would see it. */
@WebServlet("/figures")
public class FiguresServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName name : server.queryNames(new ObjectName("dev.postern:*"), null)) {
                response.getWriter().println(name);
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    Object value = server.getAttribute(name, attribute.getName());
                    response.getWriter().println(attribute.getName() + "=" + text(value));
                }
            }
        } catch (JMException e) {
            throw new IOException(e);
        }
    }

    private static String text(Object value) {
        return value instanceof TabularData table ? table.values().toString() : value.toString();
    }
}
