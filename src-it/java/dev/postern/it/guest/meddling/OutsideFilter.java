package dev.postern.it.guest.meddling;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Resets what everything inside it has answered, and stands before the filters that descriptors and annotations name.
 */
public class OutsideFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
        if (String.valueOf(request.getQueryString()).contains("how=outside")) {
            response.reset();
            response.setHeader("Set-Cookie", "theirs=1");
            response.getWriter().print("reset by " + response.getClass().getSimpleName());
        }
    }

    /** Adds it. */
    public static class Initializer implements ServletContainerInitializer {

        @Override
        public void onStartup(Set<Class<?>> classes, ServletContext context) {
            FilterRegistration.Dynamic filter = context.addFilter("outside", OutsideFilter.class);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            filter.setAsyncSupported(true);
        }
    }
}
