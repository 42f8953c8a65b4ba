import os
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]="1"
import pytest
from dataclasses import replace
from django.test import Client
from django.conf import settings
from tests.payments.test_views import *
from tests.payments.builders import *
@pytest.mark.django_db(transaction=True)
def test_shot(live_server, practice, person):
    from playwright.sync_api import sync_playwright
    with practice_scope(practice.pk):
        from tests.builders import a_patient
        names=[("Okafor","Denise"),("Adeyemi","Folake"),("Bianchi","Marco"),("Cho","Eun-ji"),("Kessler","Ida M"),("Pruitt","Gail")]
        P=[a_patient(practice,last_name=l,first_name=f) for l,f in names]
        from tests.builders import a_coverage
        for p in P: a_coverage(p)
        c1=a_claim(practice,("99214","242.00"),("20610","168.00",["RT"]),("J3301","19.00"),patient=P[0])
        c2=a_claim(practice,("99213","168.00"),("87880","34.00"),patient=P[1])
        c3=a_claim(practice,("99214","242.00"),patient=P[3])
        c4=a_claim(practice,number="26-119030",patient=P[4])
        c5=a_claim(practice,("99213","168.00"),patient=P[5])
        c6=a_claim(practice,("99213","168.00"),patient=P[2])
        ans=[an_answer(c1,a_line(1,"99214","242","0","CO-4-242"),a_line(2,"20610","168","65.97","CO-45-85.54","PR-2-16.49",modifiers=["RT"]),a_line(3,"J3301","19","2.28","CO-45-16.15","PR-2-0.57")),
          an_answer(c2,a_line(1,"99213","168","62.40","CO-45-75.60","PR-3-30"),a_line(2,"87880","34","16.10","CO-45-17.90")),
          an_answer(c3,a_line(1,"99214","242","0","CO-45-103.80","PR-1-138.20")),
          replace(paid_99213(c4),number="26-11903",payer_control_number=""),
          an_answer(c5,a_line(1,"99213","168","60.40","CO-45-75.60","PR-3-30")),
          an_answer(c6,a_line(1,"99213","168","46.60","CO-45-121.40")),
        ]
        wr=a_remit(*ans,plb=[a_plb("WO","0815","20"),a_plb("L6","","-3.18")],payment_format="CCP")
    r=receive(practice,wr)
    with practice_scope(practice.pk):
        c7=a_claim(practice); x=a_remit(paid_99213(c7),trace="88213048",paid=D("65.58"))
        y=a_remit(*[paid_99213(a_claim(practice)) for _ in range(3)],trace="88213049")
    r2=receive(practice,x); receive(practice,y); receive(practice,y) if False else None
    with practice_scope(practice.pk):
        z=a_remit(paid_99213(a_claim(practice)),trace="9001")
        a_file(practice,z); ingest_remits.run(practice.pk,NOW)
    user=person(Role.POSTER,practice); user.first_name,user.last_name="Ines","Duarte"; user.save()
    c=Client(); c.force_login(user)
    cookie=c.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as p:
        b=p.chromium.launch(executable_path="/usr/bin/chromium",args=["--no-sandbox"])
        for theme in ("light","dark"):
          for w in (1440,1024):
            ctx=b.new_context(viewport={"width":w,"height":900},color_scheme=theme)
            ctx.add_cookies([{"name":settings.SESSION_COOKIE_NAME,"value":cookie,"url":live_server.url}])
            pg=ctx.new_page(); pg.set_default_timeout(4000)
            msgs=[]
            pg.on("console",lambda m: msgs.append(m.text))
            for name,url in (("detail",f"/remittances/{r.pk}/"),("list","/remittances/"),("unbal",f"/remittances/{r2.pk}/"),("raw",f"/remittances/{r.pk}/raw")):
                pg.goto(live_server.url+url)
                if name=="detail" and theme=="light" and w==1440:
                    pg.keyboard.press("j")
                pg.screenshot(path=f"/tmp/payments/{name}-{theme}-{w}.png")
                if name=="detail" and theme=="light":
                    pg.keyboard.press("2"); pg.get_by_role("button",name="Other").first.click(); pg.screenshot(path=f"/tmp/payments/detail-open-{w}.png",full_page=True)
            print(theme,w,msgs)
        b.close()
