package dev.postern.it.renewal;

import dev.postern.MetadataContributor;
import dev.postern.MetadataDraft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;

/** Writes down the address of the request that began or renewed the session. */
@ApplicationScoped
public class PageContributor implements MetadataContributor {

    @Override
    public void contribute(HttpServletRequest request, MetadataDraft draft) {
        draft.put("page", request.getRequestURI());
    }
}
