package dev.postern.it.guest.deployer;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.Collection;

/**
 * Deploys the archive that {@code file} names ({@code POST}), and undeploys the application that {@code name} names
 * ({@code DELETE}), through the server's own API. 200 says that it is done, 409 that the server refused.
 */
@WebServlet("/")
public class DeployServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        File file = new File(request.getParameter("file"));
        try {
            Object isDone = runtime().getClass().getMethod("deploy", File.class).invoke(runtime(), file);
            // it answers true for an archive of a type that the server does not know
            String name = file.getName().replaceFirst("\\.[a-z]+$", "");
            boolean isThere = Boolean.TRUE.equals(isDone) && deployed().contains(name);
            response.setStatus(isThere ? HttpServletResponse.SC_OK : HttpServletResponse.SC_CONFLICT);
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            runtime().getClass().getMethod("undeploy", String.class).invoke(runtime(), request.getParameter("name"));
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }

    private static Collection<?> deployed() throws ReflectiveOperationException {
        return (Collection<?>)
                runtime().getClass().getMethod("getDeployedApplicationNames").invoke(runtime());
    }

    private static Object runtime() throws ReflectiveOperationException {
        Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
        Object instance = micro.getMethod("getInstance").invoke(micro);
        return micro.getMethod("getRuntime").invoke(instance);
    }
}
