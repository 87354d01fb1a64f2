package dev.postern.http;

import dev.postern.MetadataDraft;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Notes the client's address, under {@code address}; it follows the client.
 *
 * <p>Safe for concurrent use.
 */
@ApplicationScoped
public class AddressMetadata implements TouchContributor {

    @Override
    public void contribute(HttpServletRequest request, MetadataDraft draft) {
        draft.put("address", request.getRemoteAddr());
    }
}
