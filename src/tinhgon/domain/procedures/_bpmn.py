"""The steps as BPMN 2.0 with the places of a drawing, for tools that draw and run processes."""

from __future__ import annotations

import textwrap

from lxml import etree

from ._geometry import HEADER, Layout, Placed, Rect, Routed, Strip
from ._graph import Shape
from ._layout import lay_out
from ._record import Record, Step
from ._words import duration_words
from ._xml import clean

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
OWN = "urn:tinhgon:procedures"
"""Namespace of what BPMN has no place for: number, time and product of a step."""

_STRIP = 30  # for the name of a pool or lane, which tools write upwards
_SHIFT = HEADER - 2 * _STRIP
_TAGS = {
    Shape.START: "startEvent",
    Shape.END: "endEvent",
    Shape.STEP: "task",
    Shape.FORK: "parallelGateway",
    Shape.JOIN: "parallelGateway",
}
_NAMES = {Shape.START: "Bắt đầu", Shape.END: "Kết thúc"}


def to_bpmn(record: Record) -> bytes | None:
    """
    Return the steps of a procedure as a BPMN 2.0 file; None as in `lay_out`.

    One pool with a lane for each actor; what runs beside one another stands between parallel
    gateways. Names too long for a box are cut, and whole in the documentation of the task. The
    same record always gives the same bytes.
    """
    layout = lay_out(record.steps)
    if layout is None:
        return None
    (strip,) = layout.strips
    root = etree.Element(
        f"{{{MODEL}}}definitions",
        {"id": "Definitions", "targetNamespace": OWN, "exporter": "Tinh Gọn"},
        nsmap={
            "bpmn": MODEL,
            "bpmndi": DIAGRAM,
            "dc": BOUNDS,
            "di": POINTS,
            "tinhgon": OWN,
        },
    )
    pool = _add(root, "collaboration", id="Collaboration")
    name = clean(record.name)
    _add(pool, "participant", id="Pool", name=name, processRef="Procedure")
    process = _add(root, "process", id="Procedure", name=name, isExecutable="true")
    _write_lanes(process, strip)
    for placed in strip.nodes:
        _write_node(process, placed, strip)
    for routed in strip.flows:
        flow = routed.flow
        _add(process, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    _write_diagram(root, layout, strip)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _write_lanes(process: etree._Element, strip: Strip) -> None:
    lanes = _add(process, "laneSet", id="Lanes")
    for place, lane in enumerate(strip.lanes):
        written = _add(lanes, "lane", id=_lane_id(place), name=clean(lane.name))
        for placed in strip.nodes:
            if placed.node.lane == place:
                _add(written, "flowNodeRef").text = placed.node.id


def _write_node(process: etree._Element, placed: Placed, strip: Strip) -> None:
    node = placed.node
    name = _name(placed)
    written = _add(process, _TAGS[node.shape], id=node.id, **({"name": name} if name else {}))
    if node.shape is Shape.STEP and node.step:
        _describe(written, node.step)
    if node.shape is Shape.FORK:
        written.set("gatewayDirection", "Diverging")
    if node.shape is Shape.JOIN:
        written.set("gatewayDirection", "Converging")
    for flow in (routed.flow for routed in strip.flows):
        if flow.target == node.id:
            _add(written, "incoming").text = flow.id
    for flow in (routed.flow for routed in strip.flows):
        if flow.source == node.id:
            _add(written, "outgoing").text = flow.id


def _name(placed: Placed) -> str:
    node = placed.node
    if node.shape is not Shape.STEP or node.step is None:
        return _NAMES.get(node.shape, "")
    what = clean(node.step.what)
    room = sum(len(line) for line in placed.lines)
    is_cut = bool(placed.lines) and placed.lines[-1].endswith("…")
    shown = textwrap.shorten(what, room, placeholder="…") if is_cut else " ".join(what.split())
    return f"Bước {node.step.number}. {shown}".rstrip(". ")


def _describe(written: etree._Element, step: Step) -> None:
    told = [
        step.what,
        f"Người thực hiện: {step.actor}" if step.actor else "",
        f"Thời gian: {duration_words(step.duration)}" if step.duration else "",
        f"Sản phẩm: {step.product}" if step.product else "",
    ]
    _add(written, "documentation").text = clean("\n".join(line for line in told if line))
    more = _add(written, "extensionElements")
    own = etree.SubElement(more, f"{{{OWN}}}step", {"number": str(step.number)})
    if step.duration:
        own.set("amount", f"{step.duration.amount:f}")
        own.set("unit", step.duration.unit.value)
    if step.product:
        own.set("product", clean(step.product))


def _write_diagram(root: etree._Element, layout: Layout, strip: Strip) -> None:
    diagram = etree.SubElement(root, f"{{{DIAGRAM}}}BPMNDiagram", {"id": "Diagram"})
    plane = etree.SubElement(
        diagram, f"{{{DIAGRAM}}}BPMNPlane", {"id": "Plane", "bpmnElement": "Collaboration"}
    )
    pool = Rect(_SHIFT, 0, layout.width - _SHIFT, layout.height)
    _write_shape(plane, "Pool", pool, isHorizontal="true")
    for place, lane in enumerate(strip.lanes):
        inside = _SHIFT + _STRIP
        rect = Rect(inside, lane.rect.y, layout.width - inside, lane.rect.height)
        _write_shape(plane, _lane_id(place), rect, isHorizontal="true")
    for placed in strip.nodes:
        _write_shape(plane, placed.node.id, placed.rect)
    for routed in strip.flows:
        _write_edge(plane, routed)


def _write_shape(plane: etree._Element, of: str, rect: Rect, **attributes: str) -> None:
    shape = etree.SubElement(
        plane,
        f"{{{DIAGRAM}}}BPMNShape",
        {"id": f"{of}_shape", "bpmnElement": of, **attributes},
    )
    bounds = {"x": rect.x - _SHIFT, "y": rect.y, "width": rect.width, "height": rect.height}
    etree.SubElement(shape, f"{{{BOUNDS}}}Bounds", {k: str(v) for k, v in bounds.items()})


def _write_edge(plane: etree._Element, routed: Routed) -> None:
    edge = etree.SubElement(
        plane,
        f"{{{DIAGRAM}}}BPMNEdge",
        {"id": f"{routed.flow.id}_edge", "bpmnElement": routed.flow.id},
    )
    for point in routed.points:
        etree.SubElement(
            edge, f"{{{POINTS}}}waypoint", {"x": str(point.x - _SHIFT), "y": str(point.y)}
        )


def _lane_id(place: int) -> str:
    return f"Lane_{place + 1}"


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{MODEL}}}{tag}", attributes)
