package dev.postern.it.guest.aliases;

import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Writes unreadable bytes in the place of the epoch of the user of a session, whose handle {@code handle} gives. */
@WebServlet("/spoil")
public class SpoilServlet extends HttpServlet {

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int spoiled = 0;
        for (HazelcastInstance grid : grids()) {
            for (DistributedObject any : grid.getDistributedObjects()) {
                if (any instanceof IMap<?, ?> map && spoil(map, "." + request.getParameter("handle"))) {
                    spoiled++;
                }
            }
        }
        response.getWriter().print("spoiled=" + spoiled);
    }

    @SuppressWarnings("BanJNDI") // the name is a constant of the platform
    private static Collection<HazelcastInstance> grids() {
        try {
            return List.of(InitialContext.<HazelcastInstance>doLookup("payara/Hazelcast"));
        } catch (NamingException e) {
            return Hazelcast.getAllHazelcastInstances();
        }
    }

    @SuppressWarnings("unchecked")
    private static boolean spoil(IMap<?, ?> map, String ending) {
        for (Object key : map.keySet()) {
            if (key instanceof String text && text.endsWith(ending)) {
                String place = text.substring(0, text.length() - ending.length() + 1);
                ((IMap<String, byte[]>) map).set(place, new byte[] {9, 9, 9});
                return true;
            }
        }
        return false;
    }
}
