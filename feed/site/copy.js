for(const button of document.querySelectorAll("[data-copied]")){
const field=button.previousElementSibling,label=button.textContent;
button.hidden=false;
button.addEventListener("click",async()=>{
getSelection().selectAllChildren(field);
try{await navigator.clipboard.writeText(field.textContent)}catch{document.execCommand("copy")}
button.textContent=button.dataset.copied;
setTimeout(()=>{button.textContent=label},2000)})}
