package dev.postern.it.rig.redeployer;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;

/** Undeploys {@code ROOT} and deploys the file that is named in the request, through the server's own API. */
@WebServlet("/")
public class RedeployServlet extends HttpServlet {

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        File war = new File(request.getParameter("war"));
        try {
            Class<?> micro = Class.forName("fish.payara.micro.PayaraMicro");
            Object runtime = micro.getMethod("getRuntime")
                    .invoke(micro.getMethod("getInstance").invoke(micro));
            runtime.getClass().getMethod("undeploy", String.class).invoke(runtime, "ROOT");
            Object isDone = runtime.getClass()
                    .getMethod("deploy", String.class, String.class, File.class)
                    .invoke(runtime, "ROOT", "/", war);
            response.setStatus(Boolean.TRUE.equals(isDone) ? 200 : 500);
        } catch (ReflectiveOperationException e) {
            throw new ServletException(e);
        }
    }
}
