/** Which shop, and which channel of it, the page in front is about: it stands in the address. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

interface Place {
  shop?: string;
  channel?: string;
}

export const usePlace = (): Place => useSearch({ strict: false }) as Place;

export function useGo(): (place: Place) => void {
  const navigate = useNavigate();
  const { page } = useParams({ strict: false }) as { page?: string };
  return useCallback(
    (search) => void navigate({ to: "/settings/$page", params: { page: page ?? "" }, search }),
    [navigate, page],
  );
}
